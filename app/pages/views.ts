import type { ApiPage } from './api/page.ts';
import { assetsPath } from './assets.ts';
import type { JobPage } from './batch/job-page.ts';
import type { UploadPage } from './batch/upload-page.ts';
import { compileView, type Template } from './compile-view.ts';
import type { FormPage } from './form/page.ts';
import type { ModelPage } from './model/page.ts';
import { type NavigationPath, navigation } from './navigation.ts';
import type { SignInPage } from './sign-in/page.ts';

/**
 * A template, which is compiled when a page is first drawn: compiling takes longer than all else at a start, and programs need no pages.
 *
 * @param path the page that it draws, which the navigation marks. @default none of those
 */
function view<T extends object>(name: string, path?: NavigationPath): (page: T) => string {
  let template: Template | undefined;
  return (page) => {
    template ??= compileView(name);
    return template({ ...page, navigation, path, assets: assetsPath });
  };
}

/** An error as its page tells it. */
interface ErrorPage {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const renderForm = view<FormPage>('form', '/');
export const renderUpload = view<UploadPage>('batch', '/batch');
export const renderJob = view<JobPage>('batch-job', '/batch');
export const renderModel = view<ModelPage>('model', '/model');
export const renderApi = view<ApiPage>('api', '/api');
export const renderSignIn = view<SignInPage>('sign-in');
/** The way out, for the place of it in every page. */
export const signOutForm = view<{ readonly name: string }>('sign-out');
/** The parts of the page that change with what is asked for. */
export const renderAnswer = view<FormPage>('answer');
export const renderError = view<ErrorPage>('error');
